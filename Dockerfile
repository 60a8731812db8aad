# The bot with its embedded store in /data, or beside a PostgreSQL server (see compose.yaml).
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY . .
# The database client is generated once, so that the bot needs to write to nothing but its data.
RUN node prisma/generate.mjs && install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, without a shell or npm between, so that a stop reaches the bot.
CMD ["node", "--max-semi-space-size=32", "--import", "tsx", "src/main.ts"]

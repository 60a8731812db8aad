/** What Slack asks for: about a message a second in each channel. */
const CHANNEL_GAP_MS = 1_000;
const MOST_AT_ONCE = 8;

/** How fast this process posts. */
export interface Pace {
  /** Does the work once it is its turn: at most so much at a time in a workspace, one at a time in a channel. */
  inTurn<Result>(workspaceId: string, channel: string, work: () => Promise<Result>): Promise<Result>;
  /** The whole workspace waits so long. */
  hold(workspaceId: string, waitMs: number): void;
  /** Until when a workspace waits; undefined where it does not. */
  heldUntil(workspaceId: string): Date | undefined;
}

export interface Clock {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Slack's limits are the workspace's: what one process learns of them, another learns by itself. */
export function createPace({ now, sleep }: Clock): Pace {
  const held = new Map<string, number>();
  const rooms = new Map<string, Room>();
  const lastInChannel = new Map<string, Promise<void>>();

  /** The turn of a channel, which comes a second after the one before has ended. */
  async function channelTurn(key: string): Promise<() => void> {
    const before = lastInChannel.get(key);
    let leave = () => {};
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    })
      .then(() => sleep(CHANNEL_GAP_MS))
      .then(() => {
        if (lastInChannel.get(key) === mine) lastInChannel.delete(key);
      });
    lastInChannel.set(key, mine);
    await before;
    return leave;
  }

  function roomOf(workspaceId: string): Room {
    const room = rooms.get(workspaceId) ?? createRoom(MOST_AT_ONCE);
    rooms.set(workspaceId, room);
    return room;
  }

  return {
    async inTurn(workspaceId, channel, work) {
      const leaveChannel = await channelTurn(`${workspaceId} ${channel}`);
      const leaveRoom = await roomOf(workspaceId).enter();
      try {
        return await work();
      } finally {
        leaveRoom();
        leaveChannel();
      }
    },

    hold(workspaceId, waitMs) {
      held.set(workspaceId, Math.max(held.get(workspaceId) ?? 0, now().getTime() + waitMs));
    },

    heldUntil(workspaceId) {
      const until = held.get(workspaceId);
      if (until === undefined) return undefined;
      if (until > now().getTime()) return new Date(until);
      held.delete(workspaceId);
      return undefined;
    },
  };
}

/** Lets in so many at a time, in the order in which they came. */
interface Room {
  enter(): Promise<() => void>;
}

function createRoom(most: number): Room {
  let inside = 0;
  const waiting: (() => void)[] = [];
  const leave = () => {
    inside -= 1;
    waiting.shift()?.();
  };
  return {
    async enter() {
      // Whoever is let in takes the place of the one who left, before anybody new can.
      if (inside >= most)
        await new Promise<void>((resolve) => {
          waiting.push(() => {
            inside += 1;
            resolve();
          });
        });
      else inside += 1;
      return leave;
    },
  };
}

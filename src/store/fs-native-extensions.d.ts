declare module "fs-native-extensions" {
  /** Takes the system's exclusive lock on an open file; false when another process holds it. */
  export function tryLock(file: number): boolean;
}

package dev.lookaside.wire;

import java.nio.charset.StandardCharsets;

/** The 64-bit FNV-1a hash, and MurmurHash3's finalizer; what both sides compute must not differ. */
final class Fnv {
  static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fnv() {}

  static long of(String text) {
    return of(START, text);
  }

  /** Goes on with the UTF-8 bytes of a text. */
  static long of(long before, String text) {
    long hash = before;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = of(hash, each);
    }
    return hash;
  }

  static long of(long before, byte each) {
    return (before ^ (each & 0xff)) * PRIME;
  }

  /** Goes on with eight bytes, the lowest first. */
  static long of(long before, long bytes) {
    long hash = before;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      hash = of(hash, (byte) (bytes >>> shift));
    }
    return hash;
  }

  /** The last bytes of a text hardly move the upper bits of its FNV hash: this stirs them. */
  static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}

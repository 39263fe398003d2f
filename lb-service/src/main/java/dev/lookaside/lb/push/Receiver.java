package dev.lookaside.lb.push;

/** One who stays connected to be told what is new. */
public interface Receiver {
  Outlet<?> outlet();
}

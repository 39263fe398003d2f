package dev.lookaside.lb.load;

/** The endpoint is no longer of interest. */
record Closed() implements Phase {

  @Override
  public void enter() {}

  @Override
  public void leave() {}
}

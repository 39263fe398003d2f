package dev.lookaside.lb.admin;

/**
 * What came of a change.
 *
 * @param revision of the service's decisions from now on
 * @param changed whether anything is different from before
 */
public record Applied(long revision, boolean changed) {}

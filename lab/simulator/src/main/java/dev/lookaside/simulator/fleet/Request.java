package dev.lookaside.simulator.fleet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client, through all its attempts.
 *
 * <p>A mutable struct that is pooled and used again, because millions pass in a second: whoever
 * holds it reads and writes its fields. Times are virtual nanoseconds.
 */
public final class Request {

  /** Where a request can be. */
  public enum Phase {
    NEW,
    /** On the way to a balancer. */
    ASKING,
    /** In a central queue. */
    QUEUED,
    /** Its server is chosen: on the way there, or with its response on the way back. */
    TRAVELLING,
    ON_SERVER,
    /** Before its next attempt. */
    BACKING_OFF
  }

  /** When the client wanted it. */
  public long arrivedNanos;

  /** When the client sent the present attempt. */
  public long sentNanos;

  /** When its server was picked. */
  public long pickedNanos;

  /** When it was at the server. */
  public long reachedNanos;

  /** When the server had finished it. */
  public long finishedNanos;

  /** What it costs: the time on one core of speed 1. */
  public double workNanos;

  /** How long it waits for others first, on whatever server: it takes no core meanwhile. */
  public double waitNanos;

  /** What the present attempt costs; most often the same. */
  public double attemptWorkNanos;

  /** How long the present attempt waits before it works. */
  public double attemptWaitNanos;

  /** The endpoint answers with an error instead of a result. */
  public boolean willFail;

  /** It arrived within the measured part of the run. */
  public boolean measured;

  /** The client has given it up; only the server still works on it. */
  public boolean abandoned;

  /** The client's balancer, counted from 0. */
  public int balancer;

  /** Who sends it, counted from 0. */
  public int client;

  /** The number of its affinity key, or -1. */
  public int key = -1;

  /** How many requests the server of the present attempt had when this one came. */
  public int inFlightOnArrival;

  /** Where it is. */
  public Phase phase = Phase.NEW;

  /** The server of the present attempt, or -1. */
  public int server = -1;

  /** The incarnation of that server. */
  public int incarnation;

  /** Attempts made so far. */
  public int attempts;

  /** Ids of endpoints that failed it. */
  public final List<String> failedOn = new ArrayList<>(0);

  // The server's: its running jobs are a heap by finish.
  double finish;
  int place = -1;

  // The deadlines': a list in order of arrival.
  public @Nullable Request earlier;
  public @Nullable Request later;

  /** Makes it new again. */
  public Request reset(long nowNanos, double work) {
    arrivedNanos = nowNanos;
    sentNanos = nowNanos;
    pickedNanos = nowNanos;
    reachedNanos = nowNanos;
    finishedNanos = nowNanos;
    workNanos = work;
    waitNanos = 0;
    attemptWorkNanos = work;
    attemptWaitNanos = 0;
    phase = Phase.NEW;
    willFail = false;
    measured = false;
    abandoned = false;
    balancer = 0;
    client = 0;
    key = -1;
    inFlightOnArrival = 0;
    server = -1;
    incarnation = 0;
    attempts = 0;
    failedOn.clear();
    finish = 0;
    place = -1;
    earlier = null;
    later = null;
    return this;
  }
}

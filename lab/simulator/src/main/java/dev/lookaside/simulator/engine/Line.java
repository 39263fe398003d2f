package dev.lookaside.simulator.engine;

/** A way on which things travel: what is sent arrives later, at the receiver of the line. */
@FunctionalInterface
public interface Line<T> {

  void send(T item);
}

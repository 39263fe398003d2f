package dev.lookaside.limits;

/** Hears of connections on which no TLS came about, on their event loops. */
@FunctionalInterface
public interface HandshakeListener {
  HandshakeListener NONE = (peer, failure) -> {};

  void failed(PeerAddress peer, Throwable failure);
}

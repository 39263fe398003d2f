package dev.lookaside.trials.bounds.misdeed;

import dev.lookaside.testing.http2.Http2Peer;
import java.util.ArrayList;
import java.util.List;

/** Connections on which hundreds of messages begin and none ends. Who is cut comes again. */
public final class HalfMessages implements Misdeed {
  private static final int CONNECTIONS = 8;
  private static final int MESSAGES = 900;
  private static final int CLAIMED_BYTES = 60_000;
  private static final int SENT_BYTES = 10_000;
  private static final long PAUSE_MILLIS = 20;

  /** For who is in the middle of a write to somebody who does not read. */
  private static final long LEAVING_MILLIS = 1_000;

  @Override
  public void commit(Target target, Told told, Deadline end) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread = new Thread(() -> oneAfterTheOther(target, told, end), "half-messages");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    end.await();
    for (Thread thread : threads) {
      thread.join(LEAVING_MILLIS);
    }
  }

  private static void oneAfterTheOther(Target target, Told told, Deadline end) {
    while (!end.isOver()) {
      Http2Peer peer = BadPeer.http2(target.rpc());
      if (peer == null) {
        told.add("not let in");
        continue;
      }
      try (peer) {
        for (int i = 0; i < MESSAGES && peer.isOpen() && !end.isOver(); i++) {
          peer.part(peer.open("/grpc.health.v1.Health/Check"), CLAIMED_BYTES, new byte[SENT_BYTES]);
        }
        while (peer.isOpen() && !end.isOver()) {
          Thread.sleep(PAUSE_MILLIS);
        }
        told.add(peer.isOpen() ? "still open at the end" : "cut: " + peer.lastWords());
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}

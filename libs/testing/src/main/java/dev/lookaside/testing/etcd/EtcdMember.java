package dev.lookaside.testing.etcd;

import dev.lookaside.testing.net.FreePorts;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** A member of an etcd by its name and where it listens. */
record EtcdMember(String name, URI client, URI peer) {

  /** The members of an etcd of this size, on ports that are free now. */
  static List<EtcdMember> onFreePorts(int size) {
    Iterator<Integer> ports = FreePorts.several(2 * size).iterator();
    return IntStream.range(0, size)
        .mapToObj(i -> new EtcdMember("m" + i, uri(ports.next()), uri(ports.next())))
        .toList();
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}

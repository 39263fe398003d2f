package dev.lookaside.testing.etcd;

import dev.lookaside.testing.net.FreePorts;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A member of an etcd by its name and where it listens.
 *
 * @param health answers over plain HTTP, for whoever has no certificate
 */
record EtcdMember(String name, URI client, URI peer, URI health) {
  private static final int PORTS = 3;

  /**
   * The members of an etcd of this size, on ports that are free now.
   *
   * @param scheme in which clients speak to them
   */
  static List<EtcdMember> onFreePorts(int size, String scheme) {
    Iterator<Integer> ports = FreePorts.several(PORTS * size).iterator();
    return IntStream.range(0, size)
        .mapToObj(i ->
            new EtcdMember("m" + i, uri(scheme, ports), uri("http", ports), uri("http", ports)))
        .toList();
  }

  private static URI uri(String scheme, Iterator<Integer> ports) {
    return URI.create(scheme + "://127.0.0.1:" + ports.next());
  }
}

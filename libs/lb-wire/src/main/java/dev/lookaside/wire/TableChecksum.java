package dev.lookaside.wire;

import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.Locality;
import dev.lookaside.v1.TableEndpoint;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Tells whether two balancers, or a balancer and a client, have the same endpoints: those of a
 * {@code CatchUp}. Numbers and health are each balancer's own and do not count.
 */
public final class TableChecksum {
  private static final Comparator<TableEndpoint> BY_ID_BYTES =
      Comparator.comparing(
          row -> row.getEndpoint().getIdBytes(),
          com.google.protobuf.ByteString.unsignedLexicographicalComparator());

  private TableChecksum() {}

  public static long of(Collection<TableEndpoint> rows) {
    return rows.stream().mapToLong(TableChecksum::of).sum();
  }

  /** In the order in which a {@code CatchUp} numbers them. */
  public static List<TableEndpoint> inOrder(Collection<TableEndpoint> rows) {
    return rows.stream().sorted(BY_ID_BYTES).toList();
  }

  private static long of(TableEndpoint row) {
    Endpoint endpoint = row.getEndpoint();
    Locality locality = endpoint.getLocality();
    long hash = Fnv.START;
    for (String text :
        List.of(
            endpoint.getId(),
            endpoint.getService(),
            endpoint.getAddress(),
            locality.getRegion(),
            locality.getZone(),
            locality.getSubZone(),
            endpoint.getIncarnation(),
            endpoint.getAuthority())) {
      hash = Fnv.of(Fnv.of(hash, text), (byte) 0);
    }
    hash = Fnv.of(hash, Double.doubleToLongBits(row.getWeight()));
    hash = Fnv.of(hash, Double.doubleToLongBits(row.getCapacity()));
    return Fnv.of(hash, (byte) row.getStateValue());
  }
}

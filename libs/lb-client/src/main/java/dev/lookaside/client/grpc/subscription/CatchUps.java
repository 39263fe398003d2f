package dev.lookaside.client.grpc.subscription;

import dev.lookaside.v1.CatchUp;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.wire.TableChecksum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Leads from the table that one balancer gave to that of another, which sends the difference. */
final class CatchUps {

  private CatchUps() {}

  /**
   * The table that the other balancer has.
   *
   * @throws IllegalArgumentException if what results is not that
   */
  static Table apply(Table have, CatchUp catchUp) {
    boolean startsHere =
        catchUp.getFrom().getRegistry().equals(have.getView().getRegistry())
            && catchUp.getFrom().getRevision() == have.getView().getRevision();
    if (!startsHere) {
      throw new IllegalArgumentException(
          "catch-up starts from revision %d (expected: %d)"
              .formatted(catchUp.getFrom().getRevision(), have.getView().getRevision()));
    }
    List<TableEndpoint> rows = TableChecksum.inOrder(rows(have, catchUp).values());
    boolean isComplete =
        rows.size() == catchUp.getNumbersCount()
            && rows.size() == catchUp.getHealthsCount()
            && TableChecksum.of(rows) == catchUp.getChecksum();
    if (!isComplete) {
      throw new IllegalArgumentException("catch-up leads to another table than the balancer has");
    }
    return Table.newBuilder()
        .setVersion(catchUp.getTo())
        .setView(catchUp.getView())
        .setBalancing(catchUp.getBalancing())
        .addAllEndpoints(numbered(rows, catchUp))
        .build();
  }

  private static Map<String, TableEndpoint> rows(Table have, CatchUp catchUp) {
    Map<String, TableEndpoint> rows = new HashMap<>();
    have.getEndpointsList().forEach(row -> rows.put(row.getEndpoint().getId(), row));
    catchUp.getRemovedIdsList().forEach(rows::remove);
    catchUp.getChangedList().forEach(row -> rows.put(row.getEndpoint().getId(), row));
    return rows;
  }

  private static List<TableEndpoint> numbered(List<TableEndpoint> rows, CatchUp catchUp) {
    List<TableEndpoint> numbered = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      numbered.add(
          rows.get(i).toBuilder()
              .setNumber(catchUp.getNumbers(i))
              .setHealthValue(catchUp.getHealthsValue(i))
              .build());
    }
    return numbered;
  }
}

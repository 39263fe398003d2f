package dev.lookaside.etcd.embedded.rpc;

import com.google.protobuf.ByteString;
import dev.lookaside.etcd.embedded.store.Entry;
import dev.lookaside.etcd.embedded.store.KeyRange;
import dev.lookaside.etcd.embedded.store.Transaction;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareTarget;
import java.util.Collection;
import java.util.List;

/** The conditions of a transaction. */
final class Guard {
  /** The target LEASE and its field, which the stubs of jetcd do not know. */
  private static final int LEASE_TARGET = 4;

  private static final int LEASE_FIELD = 8;

  private Guard() {}

  /** Whether every key of the compared range is as wanted. */
  static boolean holds(Compare compare, Transaction transaction) {
    KeyRange range = new KeyRange(compare.getKey(), compare.getRangeEnd());
    Collection<Entry> entries = transaction.range(range).values();
    if (!entries.isEmpty()) {
      return entries.stream().allMatch(entry -> holds(compare, entry));
    }
    // a key that is not there has version and revisions 0, but no value that could be compared
    return compare.getTarget() != CompareTarget.VALUE && holds(compare, absent(compare.getKey()));
  }

  private static Entry absent(ByteString key) {
    return new Entry(key, ByteString.EMPTY, 0, 0, 0, Entry.NO_LEASE);
  }

  private static boolean holds(Compare compare, Entry entry) {
    int difference =
        switch (compare.getTarget()) {
          case VERSION -> Long.compare(entry.version(), compare.getVersion());
          case CREATE -> Long.compare(entry.createRevision(), compare.getCreateRevision());
          case MOD -> Long.compare(entry.modRevision(), compare.getModRevision());
          case VALUE -> KeyRange.ORDER.compare(entry.value(), compare.getValue());
          case UNRECOGNIZED ->
              compare.getTargetValue() == LEASE_TARGET
                  ? Long.compare(entry.lease(), wantedLease(compare))
                  : 0;
        };
    return switch (compare.getResult()) {
      case EQUAL -> difference == 0;
      case NOT_EQUAL -> difference != 0;
      case GREATER -> difference > 0;
      case LESS -> difference < 0;
      case UNRECOGNIZED -> true; // as etcd
    };
  }

  private static long wantedLease(Compare compare) {
    List<Long> values = compare.getUnknownFields().getField(LEASE_FIELD).getVarintList();
    return values.isEmpty() ? Entry.NO_LEASE : values.get(values.size() - 1);
  }
}

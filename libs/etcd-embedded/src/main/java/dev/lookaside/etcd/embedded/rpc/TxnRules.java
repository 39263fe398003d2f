package dev.lookaside.etcd.embedded.rpc;

import com.google.protobuf.ByteString;
import dev.lookaside.etcd.embedded.store.EtcdError;
import dev.lookaside.etcd.embedded.store.KeyRange;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What etcd refuses in a transaction before it runs, whichever branch would be taken. */
final class TxnRules {
  /** As etcd's {@code --max-txn-ops}. */
  private static final int MAX_OPERATIONS = 128;

  private final Set<ByteString> puts = new HashSet<>();
  private final List<KeyRange> deletes = new ArrayList<>();

  private TxnRules() {}

  static void check(TxnRequest request) {
    writes(request);
  }

  /** The writes of both branches, of which only one will happen. */
  private static TxnRules writes(TxnRequest request) {
    int largest =
        Math.max(
            request.getCompareCount(),
            Math.max(request.getSuccessCount(), request.getFailureCount()));
    if (largest > MAX_OPERATIONS) {
      throw EtcdError.TOO_MANY_OPERATIONS.exception();
    }
    if (request.getCompareList().stream().anyMatch(compare -> compare.getKey().isEmpty())) {
      throw EtcdError.EMPTY_KEY.exception();
    }
    TxnRules either = writes(request.getSuccessList());
    TxnRules failure = writes(request.getFailureList());
    either.puts.addAll(failure.puts);
    either.deletes.addAll(failure.deletes);
    return either;
  }

  private static TxnRules writes(List<RequestOp> operations) {
    TxnRules all = new TxnRules();
    operations.forEach(operation -> all.addDisjoint(writes(operation)));
    return all;
  }

  private static TxnRules writes(RequestOp operation) {
    TxnRules one = new TxnRules();
    switch (operation.getRequestCase()) {
      case REQUEST_PUT -> one.puts.add(operation.getRequestPut().getKey());
      case REQUEST_DELETE_RANGE -> {
        var delete = operation.getRequestDeleteRange();
        one.deletes.add(new KeyRange(delete.getKey(), delete.getRangeEnd()));
      }
      case REQUEST_TXN -> {
        return writes(operation.getRequestTxn());
      }
      case REQUEST_RANGE, REQUEST_NOT_SET -> {}
    }
    return one;
  }

  /** A key may be written once only, since all writes have one revision. */
  private void addDisjoint(TxnRules other) {
    boolean clash =
        other.puts.stream().anyMatch(key -> puts.contains(key) || isIn(deletes, key))
            || puts.stream().anyMatch(key -> isIn(other.deletes, key));
    if (clash) {
      throw EtcdError.DUPLICATE_KEY.exception();
    }
    puts.addAll(other.puts);
    deletes.addAll(other.deletes);
  }

  private static boolean isIn(List<KeyRange> ranges, ByteString key) {
    return ranges.stream().anyMatch(range -> range.contains(key));
  }
}

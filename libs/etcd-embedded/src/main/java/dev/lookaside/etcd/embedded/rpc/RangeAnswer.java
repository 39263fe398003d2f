package dev.lookaside.etcd.embedded.rpc;

import dev.lookaside.etcd.embedded.store.Entry;
import dev.lookaside.etcd.embedded.store.KeyRange;
import dev.lookaside.etcd.embedded.store.Transaction;
import dev.lookaside.etcd.embedded.wire.Messages;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeRequest.SortOrder;
import io.etcd.jetcd.api.RangeRequest.SortTarget;
import io.etcd.jetcd.api.RangeResponse;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Selects, sorts and cuts what a range request asks for. */
final class RangeAnswer {

  private RangeAnswer() {}

  /** An answer that lacks only its header. */
  static RangeResponse.Builder to(RangeRequest request, Transaction transaction) {
    KeyRange range = new KeyRange(request.getKey(), request.getRangeEnd());
    Collection<Entry> all =
        (request.getRevision() > 0
                ? transaction.rangeAt(range, request.getRevision())
                : transaction.range(range))
            .values();
    RangeResponse.Builder answer = RangeResponse.newBuilder().setCount(all.size());
    if (request.getCountOnly()) {
      return answer;
    }
    // one more than wanted tells whether there are more
    long most = Long.MAX_VALUE - 1;
    long wanted = request.getLimit() > 0 ? Math.min(request.getLimit(), most) : most;
    List<Entry> found = sorted(request, selected(request, all)).limit(wanted + 1).toList();
    found.stream()
        .limit(wanted)
        .map(request.getKeysOnly() ? Messages::keyOnly : Messages::keyValue)
        .forEach(answer::addKvs);
    return answer.setMore(found.size() > wanted);
  }

  private static Stream<Entry> selected(RangeRequest request, Collection<Entry> entries) {
    return entries.stream()
        .filter(entry -> atLeast(entry.modRevision(), request.getMinModRevision()))
        .filter(entry -> atMost(entry.modRevision(), request.getMaxModRevision()))
        .filter(entry -> atLeast(entry.createRevision(), request.getMinCreateRevision()))
        .filter(entry -> atMost(entry.createRevision(), request.getMaxCreateRevision()));
  }

  private static boolean atLeast(long revision, long bound) {
    return bound == 0 || revision >= bound;
  }

  private static boolean atMost(long revision, long bound) {
    return bound == 0 || revision <= bound;
  }

  /** Keys come sorted; any other target without an order means ascending. */
  private static Stream<Entry> sorted(RangeRequest request, Stream<Entry> entries) {
    SortOrder order = request.getSortOrder();
    SortTarget target = request.getSortTarget();
    if (order != SortOrder.DESCEND && target == SortTarget.KEY) {
      return entries;
    }
    Comparator<Entry> ascending = by(target);
    return entries.sorted(order == SortOrder.DESCEND ? ascending.reversed() : ascending);
  }

  private static Comparator<Entry> by(SortTarget target) {
    return switch (target) {
      case KEY, UNRECOGNIZED -> Comparator.comparing(Entry::key, KeyRange.ORDER);
      case VERSION -> Comparator.comparingLong(Entry::version);
      case CREATE -> Comparator.comparingLong(Entry::createRevision);
      case MOD -> Comparator.comparingLong(Entry::modRevision);
      case VALUE -> Comparator.comparing(Entry::value, KeyRange.ORDER);
    };
  }
}

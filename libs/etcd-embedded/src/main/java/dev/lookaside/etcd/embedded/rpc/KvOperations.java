package dev.lookaside.etcd.embedded.rpc;

import com.google.protobuf.ByteString;
import dev.lookaside.etcd.embedded.store.Entry;
import dev.lookaside.etcd.embedded.store.EtcdError;
import dev.lookaside.etcd.embedded.store.KeyRange;
import dev.lookaside.etcd.embedded.store.Transaction;
import dev.lookaside.etcd.embedded.wire.Identity;
import dev.lookaside.etcd.embedded.wire.Messages;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.List;
import java.util.Optional;

/** etcd's requests on keys, each inside of a transaction. */
final class KvOperations {
  private final Identity identity;

  KvOperations(Identity identity) {
    this.identity = identity;
  }

  RangeResponse range(Transaction transaction, RangeRequest request) {
    requireKey(request.getKey());
    return RangeAnswer.to(request, transaction)
        .setHeader(identity.header(transaction.revision()))
        .build();
  }

  PutResponse put(Transaction transaction, PutRequest request) {
    requireKey(request.getKey());
    if (request.getIgnoreValue() && !request.getValue().isEmpty()) {
      throw EtcdError.VALUE_PROVIDED.exception();
    }
    if (request.getIgnoreLease() && request.getLease() != Entry.NO_LEASE) {
      throw EtcdError.LEASE_PROVIDED.exception();
    }
    ByteString value = request.getValue();
    long lease = request.getLease();
    if (request.getIgnoreValue() || request.getIgnoreLease()) {
      Entry present =
          transaction.get(request.getKey()).orElseThrow(EtcdError.KEY_NOT_FOUND::exception);
      value = request.getIgnoreValue() ? present.value() : value;
      lease = request.getIgnoreLease() ? present.lease() : lease;
    }
    Optional<Entry> previous = transaction.put(request.getKey(), value, lease);
    PutResponse.Builder answer =
        PutResponse.newBuilder().setHeader(identity.header(transaction.revision()));
    if (request.getPrevKv()) {
      previous.map(Messages::keyValue).ifPresent(answer::setPrevKv);
    }
    return answer.build();
  }

  DeleteRangeResponse delete(Transaction transaction, DeleteRangeRequest request) {
    requireKey(request.getKey());
    List<Entry> gone = transaction.delete(new KeyRange(request.getKey(), request.getRangeEnd()));
    DeleteRangeResponse.Builder answer =
        DeleteRangeResponse.newBuilder()
            .setHeader(identity.header(transaction.revision()))
            .setDeleted(gone.size());
    if (request.getPrevKv()) {
      gone.forEach(entry -> answer.addPrevKvs(Messages.keyValue(entry)));
    }
    return answer.build();
  }

  TxnResponse txn(Transaction transaction, TxnRequest request) {
    boolean holds =
        request.getCompareList().stream().allMatch(guard -> Guard.holds(guard, transaction));
    TxnResponse.Builder answer = TxnResponse.newBuilder().setSucceeded(holds);
    for (RequestOp operation : holds ? request.getSuccessList() : request.getFailureList()) {
      answer.addResponses(run(transaction, operation));
    }
    return answer.setHeader(identity.header(transaction.revision())).build();
  }

  private ResponseOp run(Transaction transaction, RequestOp operation) {
    ResponseOp.Builder answer = ResponseOp.newBuilder();
    switch (operation.getRequestCase()) {
      case REQUEST_RANGE ->
          answer.setResponseRange(range(transaction, operation.getRequestRange()));
      case REQUEST_PUT -> answer.setResponsePut(put(transaction, operation.getRequestPut()));
      case REQUEST_DELETE_RANGE ->
          answer.setResponseDeleteRange(delete(transaction, operation.getRequestDeleteRange()));
      case REQUEST_TXN -> answer.setResponseTxn(txn(transaction, operation.getRequestTxn()));
      case REQUEST_NOT_SET -> throw EtcdError.KEY_NOT_FOUND.exception();
    }
    return answer.build();
  }

  private static void requireKey(ByteString key) {
    if (key.isEmpty()) {
      throw EtcdError.EMPTY_KEY.exception();
    }
  }
}

package dev.lookaside.etcd.embedded.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.lookaside.etcd.embedded.store.Leases;
import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.wire.Identity;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;

/**
 * Lists leases, for {@code etcdctl lease list}. The stubs of jetcd are older than this method, so
 * its answer is written field by field: {@code {1: header, 2: [{1: lease id}]}}.
 */
public final class LeaseListing {
  private static final int HEADER = 1;
  private static final int LEASES = 2;
  private static final int ID = 1;

  private LeaseListing() {}

  public static ServerServiceDefinition addedTo(
      LeaseService service, Store store, Leases leases, Identity identity) {
    ServerServiceDefinition known = service.bindService();
    String name = known.getServiceDescriptor().getName();
    ServerServiceDefinition.Builder all = ServerServiceDefinition.builder(name);
    known.getMethods().forEach(all::addMethod);
    return all.addMethod(
            method(name),
            ServerCalls.asyncUnaryCall(
                (request, caller) -> Answer.to(caller, () -> answer(store, leases, identity))))
        .build();
  }

  private static MethodDescriptor<ByteString, ByteString> method(String service) {
    return MethodDescriptor.<ByteString, ByteString>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "LeaseLeases"))
        .setRequestMarshaller(new WireBytes())
        .setResponseMarshaller(new WireBytes())
        .build();
  }

  private static ByteString answer(Store store, Leases leases, Identity identity) {
    Field.Builder listed = Field.newBuilder();
    leases.ids().forEach(id -> listed.addLengthDelimited(lease(id)));
    return UnknownFieldSet.newBuilder()
        .addField(
            HEADER,
            Field.newBuilder()
                .addLengthDelimited(identity.header(store.revision()).toByteString())
                .build())
        .addField(LEASES, listed.build())
        .build()
        .toByteString();
  }

  private static ByteString lease(long id) {
    return UnknownFieldSet.newBuilder()
        .addField(ID, Field.newBuilder().addVarint(id).build())
        .build()
        .toByteString();
  }
}

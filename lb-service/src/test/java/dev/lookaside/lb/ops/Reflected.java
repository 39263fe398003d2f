package dev.lookaside.lb.ops;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client that has no proto files and asks the server, as grpcurl does. */
final class Reflected {
  /** The two versions have the same messages under different names. */
  static final String V1 = "grpc.reflection.v1.ServerReflection";

  static final String V1_ALPHA = "grpc.reflection.v1alpha.ServerReflection";

  private final Channel server;
  private final String reflection;

  Reflected(Channel server, String reflection) {
    this.server = server;
    this.reflection = reflection;
  }

  List<String> services() throws Exception {
    return ask(ServerReflectionRequest.newBuilder().setListServices("*"))
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(ServiceResponse::getName)
        .toList();
  }

  MethodDescriptor method(String service, String method) throws Exception {
    List<ByteString> files =
        ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service))
            .getFileDescriptorResponse()
            .getFileDescriptorProtoList();
    Map<String, FileDescriptorProto> known = new HashMap<>();
    for (ByteString file : files) {
      FileDescriptorProto read = FileDescriptorProto.parseFrom(file);
      known.put(read.getName(), read);
    }
    FileDescriptorProto first = FileDescriptorProto.parseFrom(files.get(0));
    String name = service.substring(service.lastIndexOf('.') + 1);
    return file(first, known).findServiceByName(name).findMethodByName(method);
  }

  DynamicMessage call(MethodDescriptor method, DynamicMessage request) {
    var descriptor =
        io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
            .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
            .setRequestMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
            .setResponseMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
            .build();
    return ClientCalls.blockingUnaryCall(server, descriptor, CallOptions.DEFAULT, request);
  }

  private FileDescriptor file(FileDescriptorProto proto, Map<String, FileDescriptorProto> known)
      throws DescriptorValidationException {
    List<FileDescriptor> needed = new ArrayList<>();
    for (String name : proto.getDependencyList()) {
      FileDescriptorProto dependency = known.get(name);
      needed.add(file(requireNonNull(dependency, name), known));
    }
    return FileDescriptor.buildFrom(proto, needed.toArray(FileDescriptor[]::new));
  }

  private ServerReflectionResponse ask(ServerReflectionRequest.Builder question) throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    var method =
        ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder()
            .setFullMethodName(reflection + "/ServerReflectionInfo")
            .build();
    StreamObserver<ServerReflectionRequest> questions =
        ClientCalls.asyncBidiStreamingCall(
            server.newCall(method, CallOptions.DEFAULT),
            new StreamObserver<>() {
              @Override
              public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
              }

              @Override
              public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {}
            });
    questions.onNext(question.build());
    questions.onCompleted();
    return answer.get(10, TimeUnit.SECONDS);
  }
}

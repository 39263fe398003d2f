package dev.lookaside.lb.load;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.function.Consumer;

/** One call with any number of answers. After {@link #cancel} nothing is heard of it any more. */
final class StreamCall<Q, R> {
  private final ClientCall<Q, R> call;
  private boolean cancelled;

  private StreamCall(ClientCall<Q, R> call) {
    this.call = call;
  }

  static <Q, R> StreamCall<Q, R> start(
      Channel channel,
      MethodDescriptor<Q, R> method,
      Q request,
      Consumer<R> onMessage,
      Consumer<Status> onEnd) {
    var started = new StreamCall<>(channel.newCall(method, CallOptions.DEFAULT));
    started.start(request, onMessage, onEnd);
    return started;
  }

  void cancel() {
    if (!cancelled) {
      cancelled = true;
      call.cancel("no longer of interest", null);
    }
  }

  private void start(Q request, Consumer<R> onMessage, Consumer<Status> onEnd) {
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(R message) {
            if (!cancelled) {
              call.request(1);
              onMessage.accept(message);
            }
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            if (!cancelled) {
              cancelled = true;
              onEnd.accept(status);
            }
          }
        },
        new Metadata());
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
  }
}

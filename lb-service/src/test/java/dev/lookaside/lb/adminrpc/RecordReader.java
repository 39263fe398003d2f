package dev.lookaside.lb.adminrpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.v1.AdminGrpc;
import dev.lookaside.v1.RecordEnd;
import dev.lookaside.v1.RecordRequest;
import dev.lookaside.v1.RecordResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who records, and reads as many messages as a test says. On the test's thread. */
final class RecordReader extends ClientCall.Listener<RecordResponse> {
  private final ClientCall<RecordRequest, RecordResponse> call;
  private final List<RecordResponse> read = new ArrayList<>();
  private Optional<Status> ended = Optional.empty();

  private RecordReader(ClientCall<RecordRequest, RecordResponse> call) {
    this.call = call;
  }

  static RecordReader of(Channel balancer, RecordRequest request) {
    RecordReader reader =
        new RecordReader(balancer.newCall(AdminGrpc.getRecordMethod(), CallOptions.DEFAULT));
    reader.call.start(reader, new Metadata());
    reader.call.sendMessage(request);
    reader.call.halfClose();
    return reader;
  }

  /** Has room for so many messages more. */
  RecordReader reads(int messages) {
    call.request(messages);
    return this;
  }

  void goAway() {
    call.cancel("went away", null);
  }

  /** Empty as long as the recording goes on. */
  Optional<Status> ended() {
    return ended;
  }

  /** Which part each message is, in order. */
  List<RecordResponse.PartCase> parts() {
    return read.stream().map(RecordResponse::getPartCase).toList();
  }

  /** How many calls each message with calls tells of. */
  List<Integer> calls() {
    return read.stream()
        .filter(RecordResponse::hasCalls)
        .map(part -> part.getCalls().getCallsCount())
        .toList();
  }

  /** The last message. */
  RecordEnd end() {
    RecordResponse last = read.get(read.size() - 1);
    assertThat(last.hasEnd()).describedAs("last part: %s", last).isTrue();
    return last.getEnd();
  }

  @Override
  public void onMessage(RecordResponse message) {
    read.add(message);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    ended = Optional.of(status);
  }
}

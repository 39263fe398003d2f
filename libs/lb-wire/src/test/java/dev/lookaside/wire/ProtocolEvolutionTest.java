package dev.lookaside.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.lookaside.v1.AccessOuterClass;
import dev.lookaside.v1.LoadBalancerOuterClass;
import dev.lookaside.v1.WorkerOuterClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The protocol only grows: what {@code protocol.txt} lists must be there, with its number, its name
 * and its type. What is new is added to the list, and from then on it stays.
 */
class ProtocolEvolutionTest {
  private static final String LIST = "protocol.txt";

  @Test
  void nothingThatPeersKnowIsChangedOrGone() throws IOException {
    assertThat(present()).as("what %s lists", LIST).containsAll(listed());
  }

  @Test
  void whatIsNewIsListed() throws IOException {
    assertThat(listed()).as("what the proto files have, for %s", LIST).containsAll(present());
  }

  private static List<String> listed() throws IOException {
    try (InputStream list =
        Objects.requireNonNull(ProtocolEvolutionTest.class.getResourceAsStream(LIST))) {
      return new String(list.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static Set<String> present() {
    Set<String> lines = new TreeSet<>();
    Stream.of(
            LoadBalancerOuterClass.getDescriptor(),
            WorkerOuterClass.getDescriptor(),
            AccessOuterClass.getDescriptor())
        .forEach(file -> addTo(lines, file));
    return lines;
  }

  private static void addTo(Set<String> lines, FileDescriptor file) {
    file.getMessageTypes().forEach(message -> addTo(lines, message));
    for (EnumDescriptor type : file.getEnumTypes()) {
      type.getValues()
          .forEach(value ->
              lines.add(
                  "%s %d %s".formatted(type.getFullName(), value.getNumber(), value.getName())));
    }
    file.getServices()
        .forEach(service -> service.getMethods().forEach(method -> lines.add(line(method))));
  }

  private static void addTo(Set<String> lines, Descriptor message) {
    message.getFields().forEach(field -> lines.add(line(message, field)));
    message.getNestedTypes().forEach(nested -> addTo(lines, nested));
  }

  private static String line(Descriptor message, FieldDescriptor field) {
    return "%s %d %s %s%s%s"
        .formatted(
            message.getFullName(),
            field.getNumber(),
            field.getName(),
            field.isRepeated() ? "repeated " : "",
            type(field),
            field.getContainingOneof() == null
                ? ""
                : " of " + field.getContainingOneof().getName());
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default -> field.toProto().getType().name();
    };
  }

  private static String line(MethodDescriptor method) {
    return "%s %s%s returns %s%s"
        .formatted(
            method.getFullName(),
            method.isClientStreaming() ? "stream " : "",
            method.getInputType().getFullName(),
            method.isServerStreaming() ? "stream " : "",
            method.getOutputType().getFullName());
  }
}

package dev.lookaside.testing.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Messages of any type with values from the edges of what they may be, and some whose bytes were
 * changed, cut or made longer after that.
 */
final class Mutations {
  private static final int DEEPEST = 4;
  private static final List<Integer> REPETITIONS = List.of(0, 1, 1, 2, 70);
  private static final List<Long> NUMBERS =
      List.of(0L, 1L, -1L, 2L, 63L, 1_000L, 1L << 31, -(1L << 31), Long.MAX_VALUE, Long.MIN_VALUE);
  private static final List<Double> FRACTIONS =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          0.5,
          1e308,
          -1e308,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MIN_VALUE);
  private static final List<String> TEXTS =
      List.of(
          "",
          "worker",
          "w1",
          "lb",
          "a/b",
          "..",
          " ",
          "\0",
          "sleep 0",
          "sleep -1",
          "sleep 1e99",
          "sum-up 10",
          "work x",
          "grpc.health.v1.Health",
          "x".repeat(129),
          "x".repeat(5_000),
          "\ud83d\ude00",
          "%s%n{}",
          "line\nbreak");

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  byte[] next(Descriptor type) {
    byte[] bytes = message(type, 0).toByteArray();
    return random.nextInt(4) == 0 ? damaged(bytes) : bytes;
  }

  private DynamicMessage message(Descriptor type, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean isTooDeep =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth >= DEEPEST;
      if (isTooDeep || random.nextInt(3) == 0) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = pick(REPETITIONS); i > 0; i--) {
          message.addRepeatedField(field, value(field, depth));
        }
      } else {
        message.setField(field, value(field, depth));
      }
    }
    return message.build();
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> pick(NUMBERS).intValue();
      case LONG -> pick(NUMBERS);
      case FLOAT -> pick(FRACTIONS).floatValue();
      case DOUBLE -> pick(FRACTIONS);
      case BOOLEAN -> random.nextBoolean();
      case STRING -> pick(TEXTS);
      case BYTE_STRING -> ByteString.copyFromUtf8(pick(TEXTS));
      case ENUM -> enumValue(field.getEnumType());
      case MESSAGE -> message(field.getMessageType(), depth + 1);
    };
  }

  private Object enumValue(EnumDescriptor type) {
    return type.isClosed() || random.nextInt(3) > 0
        ? pick(type.getValues())
        : type.findValueByNumberCreatingIfUnknown(pick(NUMBERS).intValue());
  }

  private byte[] damaged(byte[] bytes) {
    int length = bytes.length;
    byte[] changed =
        switch (random.nextInt(3)) {
          case 0 -> Arrays.copyOf(bytes, random.nextInt(length + 1));
          case 1 -> Arrays.copyOf(bytes, length + 1 + random.nextInt(20));
          default -> bytes.clone();
        };
    for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    }
    return changed;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}

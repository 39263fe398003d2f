package dev.lookaside.simulator.scenario;

import java.time.Duration;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/** Durations in the form of {@link Durations}. */
final class DurationDeserializer extends StdDeserializer<Duration> {

  DurationDeserializer() {
    super(Duration.class);
  }

  @Override
  public Duration deserialize(JsonParser parser, DeserializationContext context) {
    try {
      return Durations.parse(String.valueOf(parser.getValueAsString()));
    } catch (IllegalArgumentException e) {
      throw MismatchedInputException.from(parser, Duration.class, "is " + e.getMessage());
    }
  }
}

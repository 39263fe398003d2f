package dev.lookaside.lb.adminhttp;

import dev.lookaside.core.check.Printable;
import dev.lookaside.lb.admin.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of a request: not more than it may have, and nothing in it that is not understood.
 * A precondition with a slip of the pen in its name would be none.
 */
final class Body {
  /** Room for the ids of 1,000 endpoints, as many as one change may be about. */
  static final int MOST_BYTES = 256 << 10;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private Body() {}

  /**
   * @throws HttpMediaTypeNotSupportedException unless it says that it is JSON, which no form of
   *     another site can
   */
  static <T extends Record> T read(HttpServletRequest request, Class<T> type)
      throws IOException, HttpMediaTypeNotSupportedException {
    if (!isJson(request.getContentType())) {
      throw new HttpMediaTypeNotSupportedException(
          "Content-Type is '"
              + Printable.of(String.valueOf(request.getContentType()))
              + "' (expected: application/json)");
    }
    byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw refused("it has more than " + MOST_BYTES + " bytes", type);
    }
    try {
      T read = JSON.readValue(bytes, type);
      if (read == null) {
        throw refused("it is null", type);
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw refused("the field '" + e.getPropertyName() + "' is not known", type);
    } catch (JacksonException e) {
      throw refused(firstWords(e), type);
    }
  }

  /** What comes after them is about Jackson's settings. */
  private static String firstWords(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("").split(";", 2)[0];
  }

  private static boolean isJson(@Nullable String type) {
    try {
      return type != null && MediaType.APPLICATION_JSON.includes(MediaType.valueOf(type));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static Refused refused(String reason, Class<? extends Record> type) {
    String fields =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.joining(", "));
    return new Refused(
        Refused.Kind.INVALID, "body: " + reason + " (expected: a JSON object of " + fields + ")");
  }
}

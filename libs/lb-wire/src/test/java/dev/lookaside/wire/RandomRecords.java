package dev.lookaside.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Makes records of random components, whatever components they have: one that is added to a record
 * takes part at once. A component of a type that is not known here fails the test that needs it.
 */
final class RandomRecords {
  private static final int MAX_TRIES = 10_000;

  private final RandomGenerator random;
  private final Map<Class<?>, Map<String, Object>> fixed;

  /**
   * @param fixed components of records that are not drawn, by name
   */
  RandomRecords(long seed, Map<Class<?>, Map<String, Object>> fixed) {
    this.random = new Random(seed);
    this.fixed = fixed;
  }

  /** A record that its constructor accepts. */
  <T> T next(Class<T> type) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<T> made = tryNext(type);
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new AssertionError("no random " + type.getSimpleName() + " is accepted");
  }

  private <T> Optional<T> tryNext(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(components).map(component -> value(type, component)).toArray();
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException refused) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private Object value(Class<?> owner, RecordComponent component) {
    Object value = fixed.getOrDefault(owner, Map.of()).get(component.getName());
    return value == null ? value(component.getGenericType()) : value;
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return random.nextInt(4) == 0
          ? Optional.empty()
          : Optional.of(value(generic.getActualTypeArguments()[0]));
    }
    if (type instanceof Class<?> simple) {
      return value(simple);
    }
    throw new AssertionError("no random values of type " + type);
  }

  private Object value(Class<?> type) {
    if (type == double.class) {
      return random.nextInt(1, 1_001) / 1e3;
    }
    if (type == int.class) {
      return random.nextInt(1, 101);
    }
    if (type == long.class) {
      return random.nextLong(1, 1L << 40);
    }
    if (type == Duration.class) {
      return Duration.ofNanos(random.nextLong(1, Duration.ofMinutes(1).toNanos()));
    }
    if (type == String.class) {
      return "x" + random.nextInt(1_000) + ".é";
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    if (type.isRecord()) {
      return next(type);
    }
    throw new AssertionError("no random values of type " + type);
  }
}

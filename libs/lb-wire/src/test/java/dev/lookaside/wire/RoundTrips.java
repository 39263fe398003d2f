package dev.lookaside.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Checks that what is written is what is read, component by component. */
final class RoundTrips {
  private static final int TRIES = 500;

  private final Map<String, Set<Object>> seen = new HashMap<>();

  private RoundTrips() {}

  /**
   * Also checks that each component took several values: one that never changes shows nothing.
   *
   * @param exempt components that need not change
   */
  static <T extends Record> void check(
      Supplier<T> values, UnaryOperator<T> writeAndRead, Set<String> exempt) {
    RoundTrips trips = new RoundTrips();
    for (int i = 0; i < TRIES; i++) {
      T written = values.get();
      trips.compare(written.getClass().getSimpleName(), written, writeAndRead.apply(written));
    }
    assertThat(trips.seen)
        .allSatisfy((component, several) -> {
          if (!exempt.contains(component)) {
            assertThat(several).as("values of %s", component).hasSizeGreaterThan(1);
          }
        });
  }

  private void compare(String path, Object written, Object read) {
    seen.computeIfAbsent(path, p -> new HashSet<>()).add(written);
    if (written instanceof Optional<?> some && read instanceof Optional<?> other) {
      assertThat(other.isPresent()).as(path + " is there").isEqualTo(some.isPresent());
      some.ifPresent(value -> compare(path, value, other.orElseThrow()));
    } else if (written instanceof Record) {
      for (RecordComponent component : written.getClass().getRecordComponents()) {
        compare(path + "." + component.getName(), get(component, written), get(component, read));
      }
    } else {
      assertThat(read).as(path).isEqualTo(written);
    }
  }

  private static Object get(RecordComponent component, Object of) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}

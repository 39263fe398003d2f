package dev.lookaside.registry.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.loop.Guard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedListenerTest {
  private final List<String> called = new ArrayList<>();
  private final RegistryListener throwing =
      new RegistryListener() {
        @Override
        public void updated(RegistryView view) {
          called.add("updated");
          throw new IllegalStateException("scripted");
        }

        @Override
        public void resynced(String reason) {
          called.add("resynced");
          throw new NoClassDefFoundError("scripted");
        }

        @Override
        public void rejected(String key, String reason) {
          called.add("rejected");
          throw new IllegalStateException("scripted");
        }

        @Override
        public void denied(String message) {
          called.add("denied");
          throw new IllegalStateException("scripted");
        }
      };

  @Test
  void aListenerThatThrowsEndsNothing() {
    RegistryListener guarded = new GuardedListener(throwing, new Guard(new ManualTicker()));

    guarded.updated(RegistryView.EMPTY);
    guarded.resynced("a");
    guarded.rejected("b", "c");
    guarded.denied("d");

    assertThat(called).containsExactly("updated", "resynced", "rejected", "denied");
  }
}

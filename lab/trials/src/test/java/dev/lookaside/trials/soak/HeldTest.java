package dev.lookaside.trials.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeldTest {

  @Test
  void theHeapIsTheSumOfItsPoolsAndNothingElse() {
    assertThat(
            Held.heap(
                """
                # TYPE jvm_memory_used_bytes gauge
                jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.0E7
                jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2.5E7
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E7
                jvm_memory_max_bytes{area="heap",id="Eden Space"} 5.0E8
                """))
        .isEqualTo(3.5E7);
  }
}

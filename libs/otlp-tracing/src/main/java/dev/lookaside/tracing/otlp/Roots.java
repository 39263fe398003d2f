package dev.lookaside.tracing.otlp;

/** Whether a call that comes without a trace, or begins one, is traced. */
public enum Roots {
  /** Every trace begins here: for what makes calls by itself. */
  EVERY("parentbased_always_on"),
  /** Only what a caller traces is traced: for servers, which cannot know whether anybody looks. */
  NONE("parentbased_always_off");

  private final String sampler;

  Roots(String sampler) {
    this.sampler = sampler;
  }

  /** As {@code OTEL_TRACES_SAMPLER} names it. */
  String sampler() {
    return sampler;
  }
}

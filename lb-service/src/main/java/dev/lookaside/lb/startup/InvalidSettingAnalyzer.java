package dev.lookaside.lb.startup;

import dev.lookaside.lb.config.InvalidSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A value that was read, and refused. */
final class InvalidSettingAnalyzer extends AbstractFailureAnalyzer<InvalidSetting> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable failure, InvalidSetting cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
  }
}

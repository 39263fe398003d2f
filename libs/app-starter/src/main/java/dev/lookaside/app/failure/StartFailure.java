package dev.lookaside.app.failure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Says why the start failed in one line, whatever the reason: what a failure analyzer makes of it,
 * or else the innermost cause. With {@code --debug} Spring Boot tells it at length instead.
 *
 * <p>An application that wants it names it in its own {@code META-INF/spring.factories}.
 */
public final class StartFailure implements SpringBootExceptionReporter {
  private static final String DEBUG = "debug";

  private final @Nullable ConfigurableApplicationContext context;

  public StartFailure(@Nullable ConfigurableApplicationContext context) {
    this.context = context;
  }

  @Override
  public boolean reportException(Throwable failure) {
    if (isDebugging()) {
      return false;
    }
    OneLine.print(
        analyzers()
            .map(analyzer -> analyze(analyzer, failure))
            .filter(Objects::nonNull)
            .map(FailureAnalysis::getDescription)
            .findFirst()
            .orElseGet(() -> innermost(failure)));
    return true;
  }

  /** Lets the next failed start in this process be told at length. */
  public static void tellAtLength() {
    System.setProperty(DEBUG, "true");
  }

  private boolean isDebugging() {
    String value =
        context == null ? System.getProperty(DEBUG) : context.getEnvironment().getProperty(DEBUG);
    return value != null && !value.equals("false");
  }

  private Stream<FailureAnalyzer> analyzers() {
    ArgumentResolver arguments = ArgumentResolver.none();
    if (context != null) {
      arguments =
          ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
              .and(Environment.class, context.getEnvironment());
    }
    List<FailureAnalyzer> found =
        SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
            .load(FailureAnalyzer.class, arguments, StartFailure::skip);
    return found.stream();
  }

  /** An analyzer that cannot be made, for want of a class or a context, has nothing to say. */
  private static void skip(Class<?> type, String name, Throwable failure) {}

  private static @Nullable FailureAnalysis analyze(FailureAnalyzer analyzer, Throwable failure) {
    try {
      return analyzer.analyze(failure);
    } catch (RuntimeException | LinkageError unfit) {
      return null;
    }
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "cannot start: %s: %s (add --debug to see all of it)"
        .formatted(cause.getClass().getSimpleName(), cause.getMessage());
  }
}

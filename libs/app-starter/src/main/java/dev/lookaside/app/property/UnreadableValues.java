package dev.lookaside.app.property;

import java.nio.charset.Charset;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Ends the start for a value that lost characters on its way here. Java reads arguments and
 * environment in the encoding of the locale; in that of {@code LANG=C} an id such as {@code wörker}
 * becomes one of replacement characters, under which nobody would look for the worker.
 */
public final class UnreadableValues implements EnvironmentPostProcessor, Ordered {
  private static final char REPLACEMENT = '\uFFFD';

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream()
            .filter(UnknownProperties::isOurs)
            .filter(name -> isUnreadable(iterable, name))
            .findFirst()
            .ifPresent(UnreadableValues::refuse);
      }
    }
  }

  private static boolean isUnreadable(
      ConfigurationPropertySource source, ConfigurationPropertyName name) {
    var property = source.getConfigurationProperty(name);
    return property != null && String.valueOf(property.getValue()).indexOf(REPLACEMENT) >= 0;
  }

  private static void refuse(ConfigurationPropertyName name) {
    throw new IllegalArgumentException(
        ("%s has characters that cannot be read in the encoding of this process, %s"
                + " (expected: ASCII, or a locale of UTF-8 such as LANG=C.UTF-8)")
            .formatted(name, encoding()));
  }

  private static String encoding() {
    return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
  }
}

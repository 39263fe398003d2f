package dev.lookaside.testing.etcd;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * This test needs a real Chromium and its driver. Where there is none it is skipped with a reason,
 * or fails if {@code LOOKASIDE_REQUIRE_CHROMIUM} is {@code true} as a system property or in the
 * environment. {@code -DexcludedGroups=browser} leaves it out.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("browser")
@ExtendWith(ChromiumCondition.class)
public @interface RequiresChromium {}

package dev.lookaside.testing.etcd;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * This test needs promtool, which comes with Prometheus. Where there is none it is skipped with a
 * reason, or fails if {@code LOOKASIDE_REQUIRE_PROMTOOL} is {@code true} as a system property or in
 * the environment.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(PromtoolCondition.class)
public @interface RequiresPromtool {}

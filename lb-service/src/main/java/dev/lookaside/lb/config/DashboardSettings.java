package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The page of the operators.
 *
 * @param pages How many pages may be open at once, 0 to 200; more are refused with 503.
 */
public record DashboardSettings(@DefaultValue("64") int pages) {

  public DashboardSettings {
    Require.within("lb.dashboard.pages", pages, 0, 200);
  }
}

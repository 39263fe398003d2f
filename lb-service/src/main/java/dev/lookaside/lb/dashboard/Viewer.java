package dev.lookaside.lb.dashboard;

import dev.lookaside.lb.access.Sight;
import org.jspecify.annotations.Nullable;

/** Somebody who looks at a page, and what they were shown last. For one thread at a time. */
final class Viewer {
  private final Page page;
  private final Sight sight;
  private @Nullable DashboardState shown;

  Viewer(Page page, Sight sight) {
    this.page = page;
    this.sight = sight;
  }

  Page page() {
    return page;
  }

  boolean mayLook() {
    return sight.isOfAnOperator();
  }

  /** Null if they were shown nothing yet. */
  @Nullable DashboardState shown() {
    return shown;
  }

  /** What of this state they may see, which they are shown now. */
  DashboardState show(DashboardState state) {
    DashboardState own = sight.coversAll() ? state : state.only(sight::covers);
    shown = own;
    return own;
  }
}

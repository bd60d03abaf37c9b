package io.tulle.examples.bookshop.script;

import java.util.List;

/**
 * The last second.
 *
 * @param pages what visitors saw
 * @param rows the storefronts' calls, by service and subset
 */
public record LiveView(TargetRow pages, List<TargetRow> rows) {}

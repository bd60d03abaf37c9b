package io.tulle.examples.bookshop.script;

import java.util.List;

/**
 * The last second.
 *
 * @param pages what visitors saw
 * @param rows the storefronts' calls, by service and subset
 * @param refused why the configuration that the folder holds now is not in force; empty when it is
 */
public record LiveView(TargetRow pages, List<TargetRow> rows, List<String> refused) {}

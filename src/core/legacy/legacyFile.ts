const headLength = 4096;
/** Keys that the prototype wrote and this product never does: its own keys are in camel case. */
const itsKeys =
  /"(?:template_id|template_type|improvement_id|execution_id|validation_id|report_id|scenario_id|test_id|pattern_id|analysis_id|correction_id|deployment_id|overall_health)"\s*:/;

/**
 * Was this written by the Python prototype, which kept its files in the folders that this product uses? Told by the beginning alone, since
 * many of its files are cut off.
 */
export function isLegacyFile(text: string): boolean {
  const head = text.slice(0, headLength);
  return /^\uFEFF?\s*\{/.test(head) && !/"schemaVersion"\s*:/.test(head) && itsKeys.test(head);
}

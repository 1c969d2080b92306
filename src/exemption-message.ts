/** What is said of an exemption that holds no more, or never did. */
import { interpolate } from "./engine.js";
import type { Exemption, PolicyPlace } from "./policy/policy.js";
import type { Rule } from "./rule.js";

/** The message of the rule `valid-waiver` under `messageId`. */
export function exemptionMessage(
  { rule, image, until, reason }: Exemption,
  messageId: string,
  validWaiver: Rule | undefined,
): string {
  const data = { rule, image: image ? `\`${image.text}\`` : "every image", until: until ?? "", reason };
  return interpolate(validWaiver?.meta.messages[messageId] ?? messageId, data);
}

/** The exemptions among `exemptions` whose last day is over; `today` is YYYY-MM-DD. */
export function expiredExemptions(
  exemptions: readonly Exemption[],
  today: string,
  validWaiver: Rule | undefined,
): readonly { readonly place: PolicyPlace; readonly message: string }[] {
  const expired = exemptions.filter(({ until }) => until !== null && until < today);
  return expired.map((exemption) => ({
    place: exemption.place,
    message: exemptionMessage(exemption, "expiredExemption", validWaiver),
  }));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combined, sessionsCovered, shrunk, staticCheck } from '../../../src/core/improve/confidence';
import type { CheckResult } from '../../../src/core/model/improvement';
import { readPrompt } from '../../../src/core/prompt/promptDocument';

const rule = 'Never edit generated snapshot files by hand.';
const passed: CheckResult = { check: 'duplicate', outcome: 'passed', note: 'Fine.' };
const noted: CheckResult = { check: 'duplicate', outcome: 'noted', note: 'Close.' };

function sessions(texts: readonly string[]) {
  return texts.map((text, index) => ({ correctionId: `c${index}`, sessionId: `s${index}`, text }));
}

function subject(texts: readonly string[], checks: readonly CheckResult[] = [passed], sharpens = false) {
  const document = readPrompt('# Project\n\n- Write commit messages in English.\n');
  return { rule, section: '', document, sources: sessions(texts), correctionId: 'c0', sharpens, checks };
}

const alike = 'you edited the generated snapshot files by hand again, never do that';
const apart = 'the button should be green';

describe('the static check', () => {
  it('counts the other sessions that the rule covers, not the one that its words come from', () => {
    expect(sessionsCovered(subject([alike, alike, apart]))).toEqual({ covered: 1, others: 2 });
    expect(sessionsCovered(subject([alike]))).toEqual({ covered: 0, others: 0 });
  });

  it('counts a session once, however often it says so', () => {
    const sources = [...sessions([alike, alike]), { correctionId: 'c9', sessionId: 's1', text: alike }];
    expect(sessionsCovered({ ...subject([]), sources })).toEqual({ covered: 1, others: 1 });
  });

  it('counts what the prompt covered before only where that instruction is sharpened', () => {
    const document = readPrompt(`- ${rule}\n`);
    expect(sessionsCovered({ ...subject([alike, alike]), document }).covered).toBe(0);
    expect(sessionsCovered({ ...subject([alike, alike], [], true), document }).covered).toBe(1);
  });

  it('rises with sessions covered, falls with those that are not, and with what was noted', () => {
    const of = (texts: readonly string[], checks = [passed]) => staticCheck(subject(texts, checks));
    expect(of([alike, alike])).toBeGreaterThan(of([alike]));
    expect(of([alike, apart])).toBeLessThan(of([alike]));
    expect(of([alike, alike], [noted])).toBeLessThan(of([alike, alike]));
  });

  it('stays within its range', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(alike, apart), { maxLength: 20 }), fc.nat(7), (texts, notes) => {
        const check = staticCheck(
          subject(
            texts,
            Array.from({ length: notes }, () => noted),
          ),
        );
        expect(check).toBeGreaterThanOrEqual(0.05);
        expect(check).toBeLessThanOrEqual(0.97);
      }),
    );
  });
});

describe('the confidence', () => {
  it('of six unanimous sessions with a clear rule passes 0.8', () => {
    const check = staticCheck(subject([alike, alike, alike, alike]));
    expect(combined({ evidence: shrunk(6), clarity: 0.9, check })).toBeGreaterThanOrEqual(0.8);
  });

  it('of a single moment never passes 0.8', () => {
    const check = staticCheck(subject([alike]));
    expect(combined({ evidence: shrunk(1), clarity: 1, check })).toBeLessThan(0.8);
  });
});

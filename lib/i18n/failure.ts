import en from './messages/en/failure.json' with { type: 'json' };
import nl from './messages/nl/failure.json' with { type: 'json' };

/** The few texts that a page needs which can ask the server for nothing. */
export const failureTexts = (language: string): typeof nl => (language === 'en' ? en : nl);

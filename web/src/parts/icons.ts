/** The few signs of a call, as lines in a box of 24. */

export const MICROPHONE = 'M12 4a2.6 2.6 0 0 1 2.6 2.6v4.8a2.6 2.6 0 0 1-5.2 0V6.6A2.6 2.6 0 0 1 12 4ZM6.5 11.2a5.5 5.5 0 0 0 11 0M12 16.7V20';
export const HANDSET =
  'M8.3 4.5 5.9 5.1c-.8.2-1.4.9-1.3 1.8.6 6.6 5.9 11.9 12.5 12.5.9.1 1.6-.5 1.8-1.3l.6-2.4c.2-.7-.1-1.4-.8-1.7l-2.5-1.1c-.6-.3-1.2-.1-1.6.4l-.9 1.1a10.5 10.5 0 0 1-4.6-4.6l1.1-.9c.5-.4.7-1 .4-1.6L9.9 5.3c-.2-.6-.9-.9-1.6-.8Z';
export const HUSH = 'M9.5 8h5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-5A1.5 1.5 0 0 1 8 14.5v-5A1.5 1.5 0 0 1 9.5 8Z';
export const MORE = 'M6.5 12h.01M12 12h.01M17.5 12h.01';
export const STROKE = 'M5 4.5l14 15';
export const PLAY = 'M9 6.8v10.4l8.2-5.2Z';

// www.facebook.com: every compose box of the site, Lexical and text fields as on the site.
// Markup after facts/composers.md, section 2: the buttons are divs, the audience is a button's label.
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerPlainText } from '@lexical/plain-text';
import { registerRichText } from '@lexical/rich-text';
import {
  $createParagraphNode,
  $getRoot,
  $getSelection,
  COMMAND_PRIORITY_HIGH,
  createEditor,
  KEY_ENTER_COMMAND,
} from 'lexical';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expose, noComposers, post, settings, strangeComposer } from './testbed.js';

/** Every paragraph and line break is a line, as on the site. */
const read = (editor) =>
  editor.getEditorState().read(() =>
    $getRoot()
      .getChildren()
      .map((child) => child.getTextContent())
      .join('\n'),
  );

const clear = (editor) =>
  editor.update(() => {
    const root = $getRoot();
    root.clear();
    const paragraph = $createParagraphNode();
    root.append(paragraph);
    paragraph.select();
  });

/** Mounts a Lexical editor on a div; `onEnter` returns true where Enter was the site's. */
function useLexical({ name, rich, onEnter, focus }) {
  const box = useRef(null);
  const editor = useRef(null);
  const enter = useRef(onEnter);
  enter.current = onEnter;
  const [text, setText] = useState('');
  useEffect(() => {
    const lexical = createEditor({
      namespace: name,
      onError: (error) => {
        throw error;
      },
    });
    lexical.setRootElement(box.current);
    const undo = [
      rich ? registerRichText(lexical) : registerPlainText(lexical),
      registerHistory(lexical, createEmptyHistoryState(), 300),
      lexical.registerCommand(
        KEY_ENTER_COMMAND,
        (event) => enter.current(event, lexical),
        COMMAND_PRIORITY_HIGH,
      ),
      lexical.registerUpdateListener(() => setText(read(lexical))),
    ];
    clear(lexical);
    editor.current = lexical;
    expose(name, () => read(lexical));
    if (focus) box.current.focus();
    return () => {
      for (const stop of undo) stop();
      lexical.setRootElement(null);
    };
  }, [name, rich, focus]);
  return { box, editor, text };
}

const query = new URLSearchParams(location.search);

/** What the site calls things. The audience's label is only known in English (facts, section 2). */
const LANGUAGES = {
  en: {
    post: 'Post',
    next: 'Next',
    comment: 'Comment as Ana Ruiz',
    send: 'Comment',
    label: (audience) => `Edit privacy. Sharing with ${audience}. `,
    audiences: ['Public', 'Friends', 'Only me', 'Your friends of friends'],
  },
  es: {
    post: 'Publicar',
    next: 'Siguiente',
    comment: 'Escribe un comentario…',
    send: 'Comentar',
    label: (audience) => `Editar privacidad. Compartido con ${audience}.`,
    audiences: ['Público', 'Amigos', 'Solo yo', 'Amigos de tus amigos'],
  },
  pt: {
    post: 'Publicar',
    next: 'Avançar',
    comment: 'Escreva um comentário…',
    send: 'Comentar',
    label: (audience) => `Visibilidade: ${audience}`,
    audiences: ['Público', 'Amigos', 'Somente eu', 'Outros'],
  },
  fr: {
    post: 'Publier',
    next: 'Suivant',
    comment: 'Écrire un commentaire…',
    send: 'Commenter',
    label: (audience) => `Modifier la confidentialité. ${audience}.`,
    audiences: ['Public', 'Ami(e)s', 'Moi uniquement', 'Amis d’amis'],
  },
};
const said = { ...(LANGUAGES[query.get('lang')] ?? LANGUAGES.en) };
if (query.has('scheduled')) said.post = 'Schedule';

/** A div that is a button, as all are on the site. */
function Button({ label, className, disabled, onClick, children, ...rest }) {
  return (
    <div
      role="button"
      tabIndex={0}
      className={className}
      aria-label={label}
      aria-disabled={disabled ? 'true' : undefined}
      onClick={() => !disabled && onClick()}
      onKeyDown={(event) => event.key === 'Enter' && !disabled && onClick()}
      {...rest}
    >
      {children}
    </div>
  );
}

/** The editable and its placeholder. */
function Box({ box, label, empty, className = 'wrap' }) {
  return (
    <div className={className}>
      <div
        ref={box}
        className="box"
        contentEditable
        suppressContentEditableWarning
        role="textbox"
        spellCheck
        aria-label={label}
      />
      {empty && (
        <div className="placeholder" aria-hidden="true">
          {label}
        </div>
      )}
    </div>
  );
}

/** Posts by Ctrl+Enter, or by bare Enter where `bare`. */
const enterPosts = (bare, send) => (event, lexical) => {
  if (!event || event.shiftKey) return false;
  if (!bare && !(event.ctrlKey || event.metaKey)) return false;
  event.preventDefault();
  send(lexical);
  return true;
};

/** A new post in a dialog, in one step or two; with or without a choice of audience. */
function PostDialog({ twoSteps, withAudience, onClose }) {
  const [audience, setAudience] = useState(0);
  const [step, setStep] = useState(1);
  const name = 'facebook-post';
  const send = (lexical) => {
    const text = read(lexical);
    if (text === '') return;
    post('facebook', name, text);
    onClose();
  };
  const { box, editor, text } = useLexical({
    name,
    rich: true,
    focus: true,
    onEnter: enterPosts(false, send),
  });
  const empty = text === '';
  const next = twoSteps && step === 1;
  const chosen = said.audiences[audience];
  return (
    <div className="backdrop">
      <div role="dialog" aria-labelledby="create-post" className="dialog">
        <h2 id="create-post">{twoSteps && !next ? 'Post settings' : 'Create post'}</h2>
        <div className="row">
          <div className="avatar" aria-hidden="true" />
          <div>
            <strong>Ana Ruiz</strong>
            {withAudience && (
              <Button
                className="audience"
                label={said.label(chosen)}
                onClick={() => setAudience((audience + 1) % said.audiences.length)}
              >
                <span>{chosen}</span>
              </Button>
            )}
          </div>
        </div>
        <div className="scroll" hidden={twoSteps && !next}>
          <Box box={box} label="What's on your mind, Ana?" empty={empty} />
        </div>
        <Button
          className="post"
          label={next ? said.next : said.post}
          disabled={empty}
          onClick={() => (next ? setStep(2) : send(editor.current))}
        >
          <span>{next ? said.next : said.post}</span>
        </Button>
      </div>
    </div>
  );
}

function ShareDialog({ onClose }) {
  const name = 'facebook-share';
  const send = (lexical) => {
    post('facebook', name, read(lexical));
    onClose();
  };
  const { box, editor, text } = useLexical({
    name,
    rich: true,
    focus: true,
    onEnter: enterPosts(false, send),
  });
  return (
    <div className="backdrop">
      <div role="dialog" aria-label="Share" className="dialog">
        <Box box={box} label="Say something about this..." empty={text === ''} />
        <Button className="post" label="Share now" onClick={() => send(editor.current)}>
          Share now
        </Button>
      </div>
    </div>
  );
}

/** What opens the list of those to mention; Enter then takes the first, and sends nothing. */
const MENTIONED = /@(|M|Ma|Mar)$/;

/** A comment, a reply, or a message: Enter sends. */
function EnterBox({ name, label, send: sendLabel }) {
  const [sent, setSent] = useState([]);
  const send = (lexical) => {
    const text = read(lexical);
    if (text === '') return;
    post('facebook', name, text);
    setSent((all) => [...all, text]);
    clear(lexical);
  };
  const { box, editor, text } = useLexical({
    name,
    rich: false,
    focus: false,
    onEnter: (event, lexical) => {
      const typed = MENTIONED.exec(read(lexical))?.[1];
      if (typed === undefined || !event) return enterPosts(true, send)(event, lexical);
      event.preventDefault();
      lexical.update(() => {
        $getSelection().insertText('Marta Gil '.slice(typed.length));
      });
      return true;
    },
  });
  return (
    <div className="comments">
      {sent.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows.
        <div key={i} className="comment" role="article">
          {line}
        </div>
      ))}
      <div className="row">
        <div className="avatar" aria-hidden="true" />
        <div className="grow">
          <Box box={box} label={label} empty={text === ''} className="wrap bubble" />
          <Button
            className="send"
            label={sendLabel}
            disabled={text === ''}
            onClick={() => send(editor.current)}
          >
            ➤
          </Button>
          {MENTIONED.test(text) && (
            <div id="typeahead-menu">
              <ul role="listbox">
                <li role="option" aria-selected="true">
                  Marta Gil
                </li>
              </ul>
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

function Messenger() {
  return (
    <div role="main" className="page">
      <div className="tile" tabIndex={-1}>
        <p>See you at seven?</p>
        <EnterBox name="facebook-message" label="Message" send="Press Enter to send" />
      </div>
    </div>
  );
}

/** A page's post in Business Suite, of which little is known: no dialog, no label on the button. */
function BusinessSuite() {
  const name = 'facebook-page-post';
  const { box, editor, text } = useLexical({
    name,
    rich: true,
    focus: false,
    onEnter: () => false,
  });
  return (
    <div role="main" className="page">
      <div className="tile">
        <h2>Create post</h2>
        <Box box={box} label="Write into the dialogue box" empty={text === ''} />
        <div
          role="button"
          tabIndex={0}
          className="post"
          aria-disabled={text === ''}
          onClick={() => {
            post('facebook', name, read(editor.current));
            clear(editor.current);
          }}
        >
          Publish
        </div>
      </div>
    </div>
  );
}

function Profile() {
  const bio = useRef(null);
  useEffect(() => expose('facebook-bio', () => bio.current.value), []);
  return (
    <div role="main" className="page">
      <form className="tile" onSubmit={(event) => event.preventDefault()}>
        <textarea ref={bio} rows={3} maxLength={101} aria-label="Enter bio text" />
        <Button
          className="post"
          label="Save"
          onClick={() => {
            if (bio.current.value) post('facebook', 'facebook-bio', bio.current.value);
            bio.current.value = '';
          }}
        >
          Save
        </Button>
      </form>
    </div>
  );
}

function Feed() {
  const [dialog, setDialog] = useState(null);
  const [replying, setReplying] = useState(false);
  const close = () => setDialog(null);
  return (
    <>
      <div role="main" className="page">
        <div className="tile">
          <div role="button" tabIndex={0} className="launcher" onClick={() => setDialog('post')}>
            <span>What's on your mind, Ana?</span>
          </div>
        </div>
        <div className="tile" role="article" aria-posinset="1">
          <strong>Marta Gil</strong>
          {/* Of another post on the page: it says nothing of what is written below. */}
          <Button
            label="Edit privacy. Sharing with Friends."
            className="audience"
            onClick={() => {}}
          >
            Friends
          </Button>
          <p>The choir sings on Sunday at noon, in the market hall. Come!</p>
          <Button className="share-link" onClick={() => setDialog('share')}>
            Share
          </Button>
          <Button className="reply-link" onClick={() => setReplying(true)}>
            Answer
          </Button>
          {replying && (
            <EnterBox name="facebook-reply" label="Reply to Marta Gil" send="Post comment" />
          )}
          <div id="focused-state-composer-submit">
            <EnterBox name="facebook-comment" label={said.comment} send={said.send} />
          </div>
        </div>
        {['Jonas Weber', 'Aisha Khan', 'Luis Prado'].map((name) => (
          <div className="tile" role="article" key={name}>
            <strong>{name}</strong>
            <p>La foto del lago, por fin sin niebla.</p>
          </div>
        ))}
      </div>
      {dialog === 'post' && (
        <PostDialog
          twoSteps={query.has('two-steps')}
          withAudience={!location.pathname.startsWith('/groups/')}
          onClose={close}
        />
      )}
      {dialog === 'share' && <ShareDialog onClose={close} />}
    </>
  );
}

/** Mounts something that is made without React. */
function Mounted({ make }) {
  const place = useRef(null);
  useEffect(() => make(place.current), []);
  return <div ref={place} />;
}

const ROUTES = [
  [/^\/messages/, Messenger],
  [/^\/latest\/composer/, BusinessSuite],
  [/^\/ana\.ruiz/, Profile],
  [/^\/settings/, () => <Mounted make={settings} />],
  [/^\/nothing/, () => <Mounted make={noComposers} />],
  [/^\/strange/, () => <Mounted make={(place) => strangeComposer(place, 'facebook')} />],
  [/./, Feed],
];
const [, Route] = ROUTES.find(([path]) => path.test(location.pathname));

createRoot(document.getElementById('mount')).render(
  <>
    <div role="banner" className="top">
      <b>f</b>
    </div>
    <Route />
  </>,
);

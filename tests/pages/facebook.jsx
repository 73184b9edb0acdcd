// www.facebook.com: the post dialog and a comment box, Lexical as on the site.
// Markup after facts/composers.md, section 2: the buttons are divs, the audience is a button's label.
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerPlainText } from '@lexical/plain-text';
import { registerRichText } from '@lexical/rich-text';
import {
  $createParagraphNode,
  $getRoot,
  COMMAND_PRIORITY_HIGH,
  createEditor,
  KEY_ENTER_COMMAND,
} from 'lexical';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expose, post } from './testbed.js';

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

function PostDialog({ twoSteps, onClose }) {
  const [audience, setAudience] = useState('Public');
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
    onEnter: (event, lexical) => {
      if (!event || !(event.ctrlKey || event.metaKey)) return false;
      event.preventDefault();
      send(lexical);
      return true;
    },
  });
  const empty = text === '';
  const next = twoSteps && step === 1;
  const press = () => {
    if (empty) return;
    if (next) setStep(2);
    else send(editor.current);
  };
  return (
    <div className="backdrop">
      <div role="dialog" aria-labelledby="create-post" className="dialog">
        <h2 id="create-post">Create post</h2>
        <div className="row">
          <div className="avatar" aria-hidden="true" />
          <div>
            <strong>Ana Ruiz</strong>
            <div
              role="button"
              tabIndex={0}
              className="audience"
              aria-label={`Edit privacy. Sharing with ${audience}. `}
              onClick={() => setAudience(audience === 'Public' ? 'Friends' : 'Public')}
            >
              <span>{audience}</span>
            </div>
          </div>
        </div>
        <div className="scroll">
          <div className="wrap">
            <div
              ref={box}
              className="box"
              contentEditable
              suppressContentEditableWarning
              role="textbox"
              spellCheck
              aria-label="What's on your mind, Ana?"
            />
            {empty && (
              <div className="placeholder" aria-hidden="true">
                What's on your mind, Ana?
              </div>
            )}
          </div>
        </div>
        <div
          role="button"
          tabIndex={0}
          className="post"
          aria-label={next ? 'Next' : 'Post'}
          aria-disabled={empty ? 'true' : undefined}
          onClick={press}
          onKeyDown={(event) => event.key === 'Enter' && press()}
        >
          <span>{next ? 'Next' : 'Post'}</span>
        </div>
      </div>
    </div>
  );
}

function CommentBox() {
  const name = 'facebook-comment';
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
      if (!event || event.shiftKey) return false;
      event.preventDefault();
      send(lexical);
      return true;
    },
  });
  const empty = text === '';
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
        <div className="grow" id="focused-state-composer-submit">
          <div className="wrap bubble">
            <div
              ref={box}
              className="box"
              contentEditable
              suppressContentEditableWarning
              role="textbox"
              spellCheck
              aria-label="Comment as Ana Ruiz"
            />
            {empty && (
              <div className="placeholder" aria-hidden="true">
                Comment as Ana Ruiz
              </div>
            )}
          </div>
          <div
            role="button"
            tabIndex={0}
            className="send"
            aria-label="Comment"
            aria-disabled={empty ? 'true' : undefined}
            onClick={() => !empty && send(editor.current)}
          >
            ➤
          </div>
        </div>
      </div>
    </div>
  );
}

function Feed() {
  const twoSteps = new URLSearchParams(location.search).has('two-steps');
  const [dialog, setDialog] = useState(false);
  return (
    <>
      <div role="banner" className="top">
        <b>f</b>
      </div>
      <div role="main" className="page">
        <div className="tile">
          <div role="button" tabIndex={0} className="launcher" onClick={() => setDialog(true)}>
            <span>What's on your mind, Ana?</span>
          </div>
        </div>
        <div className="tile" role="article" aria-posinset="1">
          <strong>Marta Gil</strong>
          <p>The choir sings on Sunday at noon, in the market hall. Come!</p>
          <CommentBox />
        </div>
        {['Jonas Weber', 'Aisha Khan', 'Luis Prado'].map((name) => (
          <div className="tile" role="article" key={name}>
            <strong>{name}</strong>
            <p>La foto del lago, por fin sin niebla.</p>
          </div>
        ))}
      </div>
      {dialog && <PostDialog twoSteps={twoSteps} onClose={() => setDialog(false)} />}
    </>
  );
}

createRoot(document.getElementById('mount')).render(<Feed />);

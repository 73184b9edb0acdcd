use std::time::Instant; use std::{fs,path::Path};
use tacto_core::*; use tacto_core::guide::source::{self,SourceFile};
fn files(folder:&Path, root:&Path, out:&mut Vec<SourceFile>){ for e in fs::read_dir(folder).unwrap(){ let p=e.unwrap().path(); if p.is_dir(){files(&p,root,out)} else if p.extension().is_some_and(|x| x=="toml"||x=="md"||x=="txt"){ out.push(SourceFile{name:p.strip_prefix(root).unwrap().to_string_lossy().into(),text:fs::read_to_string(&p).unwrap()}) } } }
fn main(){ let root=Path::new("/work/main/rules"); let mut v=vec![]; files(root,root,&mut v); let s=source::read(v).unwrap(); let g=Guide::new(s.data.clone()).unwrap(); let b=g.to_bundle(); println!("bundle {}",b.len());
 let t=Instant::now(); let g=Guide::from_bundle(&b).unwrap(); println!("read {:?}",t.elapsed()); let t=Instant::now(); let c=Checker::new(&g); println!("checker {:?} terms {} rules {}",t.elapsed(),c.term_count(), g.data().rules.len());
 for scrap in ["a", "ñ", "😀", "Faro cliente ", "1", "@a ", "a.", "f*", "#A", "' ", "you idiots ", "hola buenas tardes, ", "ES91 2100 ", "a a "] { let text=scrap.repeat(100000/scrap.encode_utf16().count()); let d=Draft::new(text); let t=Instant::now(); let r=c.check(&d).unwrap(); println!("{scrap:?} {:?} {}",t.elapsed(), r.findings.len()); }
 let text = "Hoy hemos cerrado la propuesta con el equipo y mañana la presentamos a dirección. Muy contento del trabajo de todos, ha sido un trimestre largo pero bonito. Gracias a quienes lo hacen posible cada día, dentro y fuera de la oficina. #orgullo #equipo @marta @luis nos vemos el lunes en el evento";
  let d = Draft::new(text);
  for _ in 0..1000 { std::hint::black_box(c.check(&d).unwrap()); }
  let t=Instant::now(); for _ in 0..10000 { std::hint::black_box(c.check(&d).unwrap()); } println!("check {} chars: {:?}", text.len(), t.elapsed()/10000);
}

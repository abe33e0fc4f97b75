(* OCaml's luv: an echo of much by TCP, datagrams, a child process, files, work in threads, phases.
 *
 * expect:
 *   echoed: 2000000 of 2000000, the same: true
 *   datagrams: 20
 *   child: exit 3, said: hello from a child
 *   file: 11 bytes, read: hello luv
 *   scanned: a b
 *   error: ENOENT no such file or directory
 *   work: 5050 in another thread: true
 *   repeated: 3
 *)
#use "topfind";;
#thread;;
#require "luv";;

let must = function Ok value -> value | Error error -> failwith (Luv.Error.strerror error)
let run () = ignore (Luv.Loop.run ())
let loopback port = must (Luv.Sockaddr.ipv4 "127.0.0.1" port)
let address_of name = loopback (Option.get (Luv.Sockaddr.port (must name)))
let close handle = if not (Luv.Handle.is_closing handle) then Luv.Handle.close handle ignore

let echo stream =
  Luv.Stream.read_start stream (function
    | Ok part -> Luv.Stream.write stream [ part ] (fun result _ -> must result)
    | Error `EOF -> Luv.Stream.shutdown stream (fun _ -> close stream)
    | Error error -> failwith (Luv.Error.strerror error))

let tcp () =
  let server = must (Luv.TCP.init ()) and client = must (Luv.TCP.init ()) in
  must (Luv.TCP.bind server (loopback 0));
  Luv.Stream.listen server (fun result ->
      must result;
      let peer = must (Luv.TCP.init ()) in
      must (Luv.Stream.accept ~server ~client:peer);
      close server;
      echo peer);
  let sent = String.init 2_000_000 (fun i -> Char.chr (i * 7919 / 251 land 255)) in
  let received = Buffer.create 2_000_000 in
  Luv.TCP.connect client (address_of (Luv.TCP.getsockname server)) (fun result ->
      must result;
      Luv.Stream.write client [ Luv.Buffer.from_string sent ] (fun result _ -> must result);
      Luv.Stream.shutdown client must;
      Luv.Stream.read_start client (function
        | Ok part -> Buffer.add_string received (Luv.Buffer.to_string part)
        | Error _ -> close client));
  run ();
  Printf.printf "echoed: %d of %d, the same: %b\n" (Buffer.length received) (String.length sent)
    (Buffer.contents received = sent)

let udp () =
  let receiver = must (Luv.UDP.init ()) and sender = must (Luv.UDP.init ()) in
  must (Luv.UDP.bind receiver (loopback 0));
  let seen = Hashtbl.create 20 in
  Luv.UDP.recv_start receiver (fun result ->
      let data, _, _ = must result in
      if Luv.Buffer.size data > 0 then Hashtbl.replace seen (Luv.Buffer.to_string data) ();
      if Hashtbl.length seen = 20 then (close receiver; close sender));
  let target = address_of (Luv.UDP.getsockname receiver) in
  for i = 1 to 20 do
    Luv.UDP.send sender [ Luv.Buffer.from_string (string_of_int i) ] target must
  done;
  run ();
  Printf.printf "datagrams: %d\n" (Hashtbl.length seen)

let child () =
  let output = must (Luv.Pipe.init ()) in
  let said = Buffer.create 80 and status = ref 0L in
  let on_exit process ~exit_status ~term_signal:_ = status := exit_status; close process in
  ignore
    (must
       (Luv.Process.spawn ~on_exit
          ~redirect:[ Luv.Process.to_parent_pipe ~fd:Luv.Process.stdout ~parent_pipe:output () ]
          "sh" [ "sh"; "-c"; "echo hello from a child; exit 3" ]));
  Luv.Stream.read_start output (function
    | Ok part -> Buffer.add_string said (Luv.Buffer.to_string part)
    | Error _ -> close output);
  run ();
  Printf.printf "child: exit %Ld, said: %s\n" !status (String.trim (Buffer.contents said))

let files () =
  let folder = must (Luv.File.Sync.mkdtemp (Filename.concat (Sys.getenv "TMPDIR") "luv-XXXXXX")) in
  let at name = Filename.concat folder name in
  Luv.File.open_ ~mode:[ `IRUSR; `IWUSR ] (at "a") [ `CREAT; `RDWR ] (fun file ->
      let file = must file in
      Luv.File.write file [ Luv.Buffer.from_string "hello luv!\n" ] (fun count ->
          let room = Luv.Buffer.create 9 in
          Luv.File.read ~file_offset:0L file [ room ] (fun size ->
              ignore (must size);
              Printf.printf "file: %d bytes, read: %s\n" (Unsigned.Size_t.to_int (must count))
                (Luv.Buffer.to_string room);
              Luv.File.close file must)));
  run ();
  must (Luv.File.Sync.close (must (Luv.File.Sync.open_ (at "b") [ `CREAT; `WRONLY ])));
  let scan = must (Luv.File.Sync.scandir folder) in
  let rec names found =
    match Luv.File.scandir_next scan with Some entry -> names (entry.name :: found) | None -> found
  in
  let found = List.sort compare (names []) in
  Luv.File.scandir_end scan;
  Printf.printf "scanned: %s\n" (String.concat " " found);
  List.iter (fun name -> must (Luv.File.Sync.unlink (at name))) found;
  must (Luv.File.Sync.rmdir folder);
  Luv.File.stat folder (function
    | Ok _ -> print_endline "still there"
    | Error error -> Printf.printf "error: %s %s\n" (Luv.Error.err_name error) (Luv.Error.strerror error));
  run ()

let work () =
  let total = ref 0 and elsewhere = ref false and here = Thread.id (Thread.self ()) in
  Luv.Thread_pool.queue_work
    (fun () ->
      for i = 1 to 100 do total := !total + i done;
      elsewhere := Thread.id (Thread.self ()) <> here)
    (fun result ->
      must result;
      Printf.printf "work: %d in another thread: %b\n" !total !elsewhere);
  run ()

let timers () =
  let timer = must (Luv.Timer.init ()) and times = ref 0 in
  must (Luv.Timer.start ~repeat:2 timer 1 (fun () -> incr times; if !times = 3 then close timer));
  run ();
  Printf.printf "repeated: %d\n" !times

let () = tcp (); udp (); child (); files (); work (); timers ()

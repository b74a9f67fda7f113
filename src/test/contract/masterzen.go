// Runs one command line with masterzen/winrm and prints what came of it as JSON. The job comes on standard input.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/masterzen/winrm"
)

type job struct {
	Host, User, Password, Command string
	Port                          int
	Https, Ntlm                   bool
}

func main() {
	var j job
	if err := json.NewDecoder(os.Stdin).Decode(&j); err != nil {
		panic(err)
	}
	endpoint := winrm.NewEndpoint(j.Host, j.Port, j.Https, true, nil, nil, nil, 30*time.Second)
	parameters := *winrm.DefaultParameters
	if j.Ntlm {
		parameters.TransportDecorator = func() winrm.Transporter { return &winrm.ClientNTLM{} }
	}
	client, err := winrm.NewClientWithParameters(endpoint, j.User, j.Password, &parameters)
	if err != nil {
		panic(err)
	}
	var stdout, stderr bytes.Buffer
	code, err := client.Run(j.Command, &stdout, &stderr)
	answer := map[string]interface{}{"stdout": stdout.String(), "stderr": stderr.String(), "code": code}
	if err != nil {
		answer["error"] = err.Error()
	}
	out, _ := json.Marshal(answer)
	fmt.Println(string(out))
}
